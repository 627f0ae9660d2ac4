"""Sections that several forms use: which parts of a form are one (`uses`), what a form gets of it (`copying`), putting
one in, taking a newer state over, letting go (`changing`), what a section must be (`checking`). Pure.

Modules are imported one by one: `editing` needs `uses`, and `changing` needs `editing`.
"""
