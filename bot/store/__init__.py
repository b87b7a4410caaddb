"""The only room with SQL: the database, its tables, a repository for each subject, migrations."""
