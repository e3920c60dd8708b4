"""Every sentence that a person reads, one folder a language (Fluent). Vietnamese is first and the fallback."""
