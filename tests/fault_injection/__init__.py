"""What a disk, a power cut and a second program may do to the database, done on purpose."""
