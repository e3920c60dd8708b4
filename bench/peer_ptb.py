"""The same intake by a plain python-telegram-bot bot, put together as its manual shows: a webhook of Starlette that
puts updates into the queue, a `ConversationHandler`, and a SQLAlchemy session per message. It keeps words in the clear,
has no triage and no alerts. `python -m bench.peer_ptb PORT FOLDER API TOKEN [quiet]`.

Such a bot answers in its handler, before it looks at the next message. `quiet` leaves out the answer, so that its rate
is that of taking in and storing alone."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

import uvicorn
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, ConversationHandler, MessageHandler, filters

from bench.load import PATH

PLACE = 1
"""The step after the first words: where was it?"""


class Base(DeclarativeBase):
    """The bot's tables."""


class Reporter(Base):
    """A reporter."""

    __tablename__ = "reporter"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]


class PeerTip(Base):
    """What a reporter wrote."""

    __tablename__ = "tip"
    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int]
    reporter_id: Mapped[int] = mapped_column(ForeignKey("reporter.id"))
    words: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]


def application(folder: str, api: str, token: str, *, answers: bool) -> Application:  # type: ignore[type-arg]  # six of them
    """The bot with its conversation."""
    engine = create_engine(f"sqlite:///{folder}/peer.db")
    Base.metadata.create_all(engine)

    async def tells(heard: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
        message, chat = heard.effective_message, heard.effective_chat
        if message is None or chat is None:
            return ConversationHandler.END
        with Session(engine) as db:
            reporter = db.scalar(select(Reporter).where(Reporter.chat == chat.id))
            if reporter is None:
                reporter = Reporter(chat=chat.id, name=chat.first_name or "")
                db.add(reporter)
                db.flush()
            words = message.text or ""
            db.add(
                PeerTip(update_id=heard.update_id, reporter_id=reporter.id, words=words, received_at=datetime.now(UTC))
            )
            db.commit()
        if answers:
            await message.reply_text("Received. Where was it?")
        return PLACE

    async def places(heard: Update, _: ContextTypes.DEFAULT_TYPE) -> int:
        message, chat = heard.effective_message, heard.effective_chat
        if message is not None and chat is not None:
            with Session(engine) as db:
                mine = select(PeerTip).join(Reporter).where(Reporter.chat == chat.id).order_by(PeerTip.id.desc())
                tip = db.scalars(mine).first()
                if tip is not None:
                    tip.place = message.text or ""
                db.commit()
        return ConversationHandler.END

    words = filters.TEXT & ~filters.COMMAND
    talk = ConversationHandler[ContextTypes.DEFAULT_TYPE](
        entry_points=[MessageHandler(words, tells)], states={PLACE: [MessageHandler(words, places)]}, fallbacks=[]
    )
    bot = Application.builder().token(token).base_url(f"{api}/bot").updater(None).build()
    bot.add_handler(talk)
    return bot


async def serve(port: int, folder: str, api: str, token: str, *, answers: bool) -> None:
    """Serve until stopped."""
    bot = application(folder, api, token, answers=answers)

    async def webhook(request: Request) -> Response:
        await bot.update_queue.put(Update.de_json(await request.json(), bot.bot))
        return Response()

    app = Starlette(routes=[Route(PATH, webhook, methods=["POST"])])
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off")
    async with bot:
        await bot.start()
        await uvicorn.Server(config).serve()
        await bot.stop()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), *sys.argv[2:5], answers="quiet" not in sys.argv[5:]))
