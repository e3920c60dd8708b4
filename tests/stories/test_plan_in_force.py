"""What a commune's own plan says of group work is what its leaders read."""

from __future__ import annotations

from pathlib import Path

from tests.stories.town import GROUPS, says
from tests.stories.town import town as running

OWN = f"""{GROUPS}
activities:
  - {{kind: patrol, name: Đi tuần đêm, asks: [households]}}
"""


async def test_the_plan_names_the_kinds_of_work_and_says_what_is_asked_for(
    database_url: str, key: str, tmp_path: Path
) -> None:
    plan = tmp_path / "own.yaml"
    plan.write_text(OWN, encoding="utf-8")
    async with running(database_url, key, tmp_path, plans=str(plan)) as town:
        await town.load(OWN)
        leader = await town.leader()
        leader.says("/ghi")
        form = await leader.hears(says("Mô hình vừa làm gì?"))
        assert "Đi tuần đêm" in form.labels and "Tuyên truyền" in form.labels
        leader.says("tuần tra")
        logged = await leader.hears(says("Đã ghi hoạt động"))
        assert "Đi tuần đêm" in logged.text and "Được mấy hộ?" in logged.text
        assert "Có mấy người" not in logged.text and "Ở đâu?" not in logged.text
        leader.says("/thang")
        await leader.hears(says("• Đi tuần đêm: 1 lần"))
