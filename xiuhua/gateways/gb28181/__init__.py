"""GB/T 28181 over SIP: body cameras register, keep alive, tell their catalogue and where they are.

Pictures do not come through here: a media server that the bureau names plays them (`playing`).
"""
