"""What is kept: tables, encryption, inbox and outbox, attachments, migrations, and questions asked of the data."""
