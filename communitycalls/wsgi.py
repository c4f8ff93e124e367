"""The WSGI application: gunicorn communitycalls.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "communitycalls.settings")

application = get_wsgi_application()
