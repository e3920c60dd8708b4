"""Vietnam's time zone. Times are stored in UTC; this zone is for reading and showing them."""

from typing import Final
from zoneinfo import ZoneInfo

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
"""UTC+7, no summer time since 1975."""
