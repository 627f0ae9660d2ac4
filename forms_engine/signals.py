"""News of this app, sent after the commit. Receivers must not influence what happened.

`flow_published`   sender=Form, version=FlowVersion, by=User | None   a flow went online (also when it came back)
`flow_unpublished` sender=Form, key=str, by=User | None               a form is offline
`case_changed`     sender=Case, case=Case                             a case arrived or moved
"""

from django.dispatch import Signal

flow_published = Signal()
flow_unpublished = Signal()
case_changed = Signal()
