"""How a database came to its present tables, one numbered script a step."""
