"""Read by gunicorn when it is started in this directory, whatever the command line says."""

# Gunicorn believes `SCRIPT_NAME: /api` of any client that comes through a proxy on this machine, and then answers
# /api/admin/ with /admin/: rules of the proxy about /admin could be walked around. We are never mounted below a path.
forwarder_headers = ""
