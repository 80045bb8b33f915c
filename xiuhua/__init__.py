"""绣花 Xiuhua: the working platform of a district's urban-management enforcement bureau. See ARCHITECTURE.md."""
