"""Who owns the bot, as Discord has it: one person, or a team."""

import discord


async def owners_of(client: discord.Client) -> frozenset[int]:
    """Ask Discord who may give the owner's commands: the owner, or the team's active members.

    It is asked each time, so that who leaves the team is out at once. Members who may only read the
    application's page are left out.
    """
    application = await client.application_info()
    if application.team is None:
        return frozenset({application.owner.id})
    active = {
        member.id
        for member in application.team.members
        if member.membership_state is discord.TeamMembershipState.accepted
        and member.role is not discord.TeamMemberRole.read_only
    }
    owner_id = application.team.owner_id
    return frozenset(active if owner_id is None else active | {owner_id})


def first_owner_of(client: discord.Client) -> int | None:
    """Return who is told when something is wrong, as known from the login."""
    application = client.application
    if application is None:
        return None
    if application.team is not None:
        return application.team.owner_id
    return application.owner.id
