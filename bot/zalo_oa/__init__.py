"""A Zalo Official Account, OpenAPI v3. Zalo gives its facts no version: check them with a real account first."""
