"""Charts as plain data: the contract for the script, the tables, the file. Words come in, none are made here."""
