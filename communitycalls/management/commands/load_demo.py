"""Load the demo community; loading it again changes nothing."""

from typing import Any

from django.utils import timezone

from communitycalls.demo.load import load_demo
from communitycalls.management.base import BaseCommand
from communitycalls.models import Call


class Command(BaseCommand):
    help = "Load the demo community: calls, minutes, questions, matrices, accounts. Loading it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> str:
        load_demo(timezone.now(), lambda step: self.stdout.write(f"Loading {step}…"))
        return f"The demo community is loaded: {Call.objects.count()} calls."
