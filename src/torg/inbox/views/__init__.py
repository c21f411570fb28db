"""End points of the inbox: each takes a form, calls one command, and answers with a part or a redirect."""
