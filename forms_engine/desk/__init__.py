"""The form desk: where editors model forms in the Wagtail admin, node by node (docs/decisions/0001)."""
