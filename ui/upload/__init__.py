"""The clerk's page: what is dropped, how it is read, what the check found, what is committed."""
