channel-telegram = Telegram

# The list behind the "/" button in Telegram: a command's name (small letters, no accents) and what it does.
telegram-help-command = help
telegram-help-about = How to report, emergency numbers
telegram-mine-command = mytips
telegram-mine-about = My reports
telegram-code-command = status
telegram-code-about = Look up a report by its code
telegram-language-command = language
telegram-language-about = Change language / Đổi ngôn ngữ
telegram-log-command = log
telegram-log-about = Log an activity of your group
telegram-activities-command = activities
telegram-activities-about = Activities logged so far
telegram-month-command = month
telegram-month-about = This month at a glance
telegram-cases-command = cases
telegram-cases-about = Cases in hand
telegram-duty-command = duty
telegram-duty-about = Go on duty
