"""Papers that leave the house: what they say, and how they are written as Word documents and shown as a preview."""
