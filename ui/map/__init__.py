"""The map: what can lie on it, where signs and names have room, and how it is drawn, moved or as a picture."""
