"""How it is shown: frames in, figures, tables and sentences out."""
