"""Tools of servers: where their lists come from, what each can do, and what has changed."""
