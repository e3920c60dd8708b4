"""The database: tables, encryption, inbox and outbox, attachments, migrations, and all queries."""
