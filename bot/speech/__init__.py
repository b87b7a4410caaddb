"""Every sentence the bot says, in every language it speaks (Project Fluent)."""
