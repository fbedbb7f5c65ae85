"""`python -m policyctl`."""

from policyctl.cli.main import run

if __name__ == "__main__":
    run()
