"""What people do in staffing, one module a subject. Each writes one event in the audit log.

`time`   an officer's own minutes, and the timer
`runs`   working the need out, and keeping the result
"""
