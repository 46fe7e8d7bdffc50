"""What only one page of water needs: its phrases, its title sentence, its cards and its charts."""
