"""FIM: reads an XDatenfelder 3.0 schema into an editable flow document. Pure Python, no Django.

Read top-down: `reader` (XML -> `model`), `mapping` (model -> flow/1 document), `merge` (new version into an edited
draft), `report` (what was taken, what was left). The command is forms_engine/management/commands/import_fim.py.
"""
