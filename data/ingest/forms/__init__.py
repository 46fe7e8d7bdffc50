"""What a clerk fills in and takes away: templates, exports, sheets."""
