"""A reminder for a private thread: only who is in it speaks there."""

from __future__ import annotations

import pytest

from tests.process.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_left_a_private_thread_speaks_there_no_more(stage: Stage) -> None:
    discord, scene = stage.fake.world, stage.scene
    users = {name: discord.add_user(name) for name in ("stays", "leaves")}
    for user in users.values():
        discord.add_member(scene.guild, user)
    thread = discord.add_thread(scene.channel, private_to=[discord.bot, *users.values()])
    for name, user in users.items():
        await stage.owe(user, f"tea for who {name}", channel=thread)
    thread.member_ids.discard(users["leaves"].id)
    await stage.run()
    await stage.reminder("tea for who stays", thread)
    fallen_back = await stage.reminder("tea for who leaves", stage.fake.dm(users["leaves"]))
    assert "you may not write there" in fallen_back.text
    assert [each.text for each in stage.told(thread) if "leaves" in each.text] == []
    stage.fake.assert_clean()
