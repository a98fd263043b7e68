"""Time study, minutes per duty, demand, hours, need, achievable caseload and hiring plan."""
