"""Who may come in: login, sessions, roles, and the check that stands before every page, file and socket."""
