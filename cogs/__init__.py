"""What a Discord user touches: commands, buttons, selects and modals."""
