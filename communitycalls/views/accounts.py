"""Signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView

from communitycalls.models import Site


class SignIn(LoginView):
    template_name = "communitycalls/sign_in.html"
    redirect_authenticated_user = True
    extra_context = {"site": Site.load}  # not Django's own "site", which would be the host's name


class SignOut(LogoutView):
    http_method_names = ["post", "options"]
