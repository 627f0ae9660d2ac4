"""Looking up addresses while they are typed (port `forms_engine.addresses`); docs/how-to/add-an-address-provider.md."""
