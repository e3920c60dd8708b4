"""A resident's commands about their own tips. Most are answered with a receipt."""

from __future__ import annotations

from core.conversation.commands import (
    AddToTip,
    CorrectTip,
    FileTip,
    LetContact,
    ShowMyTips,
    ShowTip,
    SplitTip,
    TipMenu,
    WithdrawTip,
)
from core.conversation.person import ConversationState, Step
from core.errors import NotFound
from core.ids import TipId, Unit
from core.receipts import (
    added,
    ask_where,
    choose_category,
    choose_urgency,
    confirm_withdrawal,
    contact_wishes,
    receipt,
    status,
    understood_again,
)
from core.replies import Choice, Reply, say
from core.say import Say
from core.tip import Addition, NewTip, Tip
from handlers import add_to_tip as adding
from handlers import correct_tip as correcting
from handlers import receive_tip as receiving
from handlers import show_tips as showing
from handlers.chat.hearing import Hearing
from handlers.understand import propose
from handlers.views import tip_view
from storage.outbox import Lane


def file_tip(work: Hearing, command: FileTip) -> list[Reply]:
    """File a tip. The answer is its receipt, which asks for missing details."""
    heard = work.heard
    new = NewTip(
        channel=heard.channel,
        message_key=heard.message_key,
        text=command.text,
        proposal=command.proposal,
        place=command.place,
        media=command.media,
        album=command.album,
        commune=Unit(work.me.commune) if work.me.commune else None,
    )
    tip = receiving.receive_tip(work, work.by, new, first=work.me.new)
    work.talks_of(tip.id)
    if tip.case.is_emergency:
        work.lane = Lane.EMERGENCY
    view = tip_view(work, tip, told=receiving.words_of(new))
    if not view.place_known or (view.communes and not view.commune):
        work.state = ConversationState(Step.PLACE, {"tip": tip.id})
    return [receipt(view)]


def add_to_tip(work: Hearing, command: AddToTip) -> list[Reply]:
    """Add to one's own tip. What cannot be added is filed as a new tip, so that no words are lost."""
    more = Addition(
        channel=work.heard.channel,
        key=str(work.inbox_id),
        text=command.text,
        proposal=command.proposal,
        place=command.place,
        media=command.media,
        answer=command.answer,
        asked_where=command.asked_where,
        silent=command.quiet,
    )
    try:
        done = adding.add_to_tip(work, work.by, TipId(command.tip), more)
    except NotFound:
        new = FileTip(text=command.text, proposal=command.proposal, place=command.place, media=command.media)
        return file_tip(work, new)
    tip = done.tip
    work.talks_of(tip.id)
    if command.answer:
        return [Reply(lines=(say(Say.ANSWER_SENT, code=tip.code),))]
    if done.escalated:
        work.lane = Lane.EMERGENCY
    if command.quiet and not done.escalated:
        return []
    view = tip_view(work, tip, new_place=tip.case.commune != done.before.case.commune)
    if not done.before.reading.guesses and command.text:
        return [
            receipt(view)
        ]  # The tip began with a photo or a voice note; only now can the receipt say what was understood.
    if not view.commune and view.communes:
        work.state = ConversationState(Step.PLACE, {"tip": tip.id})
    return [added(view, escalated=done.escalated)]


def split_tip(work: Hearing, command: SplitTip) -> list[Reply]:
    """File the last addition as a tip of its own."""
    try:
        words = adding.take_last_words_out(work, work.by, TipId(command.tip))
    except NotFound:
        words = ""
    if not words:
        return [Reply(lines=(say(Say.BUTTON_STALE),))]
    return file_tip(work, FileTip(text=words, proposal=propose(work, words, work.me.commune)))


def show_menu(work: Hearing, command: TipMenu) -> list[Reply]:
    """Show a menu of one's own tip."""
    tip = correcting.own_tip(work, work.by, TipId(command.tip))
    match command.menu:
        case "fixcat" | "cats":
            guesses = tip_view(work, tip).guesses
            return [choose_category(tip.id, guesses, everything=command.menu == "cats" or not guesses)]
        case "fixurg":
            return [choose_urgency(tip.id)]
        case "fixplace":
            work.state = ConversationState(Step.PLACE, {"tip": tip.id})
            return [ask_where(tip_view(work, tip))]
        case "withdraw":
            return [confirm_withdrawal(tip.id, tip.code)]
        case "contact":
            work.state = ConversationState(Step.REACHED_BY, {"tip": tip.id})
            return [contact_wishes(tip.id)]
        case "ok":
            correcting.confirm_tip(work, work.by, tip.id)
            work.toast = say(Say.CONFIRMED)
            return []
        case "show":
            return [status(tip_view(work, tip), own=True)]
        case "add":
            work.talks_of(tip.id)
            work.state = ConversationState(Step.ADD, {"tip": tip.id})
            return [Reply(lines=(say(Say.ADD_NOW, code=tip.code),), ask_place=True)]
        case _:
            work.state = ConversationState()
            return [understood_again(tip_view(work, tip))]


def correct_tip(work: Hearing, command: CorrectTip) -> list[Reply]:
    """Correct what was understood. The answer says what is understood now."""
    tip = correcting.correct_tip(
        work,
        work.by,
        TipId(command.tip),
        category=command.category,
        urgency=command.urgency,
        commune=command.commune,
    )
    work.talks_of(tip.id)
    work.toast = say(Say.CORRECTED)
    return _understood(work, tip)


def let_contact(work: Hearing, command: LetContact) -> list[Reply]:
    """Let the police see how to reach the reporter, or take that permission back."""
    return _understood(work, correcting.let_contact(work, work.by, TipId(command.tip), command.by))


def withdraw_tip(work: Hearing, command: WithdrawTip) -> list[Reply]:
    """Withdraw a tip. If the police have taken up the case it stays with them, and the answer says so."""
    done = correcting.withdraw_tip(work, work.by, TipId(command.tip))
    work.talks_of(None)
    key = Say.WITHDRAWN_TAKEN if done.stays else Say.WITHDRAWN
    return [Reply(lines=(say(key, code=done.tip.code),), slot=f"tip:{done.tip.id}")]


def show_tip(work: Hearing, command: ShowTip) -> list[Reply]:
    """Show the state of the tip with this code."""
    tip = showing.tip_by_code(work, work.by, command.code)
    if tip is None:
        return [Reply(lines=(say(Say.CODE_UNKNOWN),))]
    return [status(tip_view(work, tip), own=work.by.owns(tip.contact_id))]


def show_my_tips(work: Hearing, command: ShowMyTips) -> list[Reply]:
    """List one's own latest tips, one button each."""
    mine = showing.my_tips(work, work.by)
    if not mine:
        return [Reply(lines=(say(Say.NO_TIPS_YET),))]
    if len(mine) == 1:
        return [status(tip_view(work, mine[0]), own=True)]
    lines = tuple(status(tip_view(work, tip), own=False).lines[0] for tip in mine)
    rows = tuple((Choice(f"t:{tip.id}:show", say(Say.AS_IS, text=tip.code)),) for tip in mine)
    return [Reply(lines=(say(Say.YOUR_TIPS), *lines), rows=rows)]


def _understood(work: Hearing, tip: Tip) -> list[Reply]:
    return [understood_again(tip_view(work, tip))]
