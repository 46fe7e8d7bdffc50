"""What only one page of 五水共治 needs: its title sentence, its cards, its charts."""
