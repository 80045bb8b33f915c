"""What every page shares: the frame itself, components, forms, lists, exports, language, theme."""
