"""Time study, offices' hours and need, scenarios, proposed moves and their approval."""
