"""Runs scim2-server with its bearer token from the environment, so that it stands in no argument list."""

import os
import sys

from scim2_server.testserver.cli import main

sys.argv = ["scim2-server", *sys.argv[1:], "--reverse-proxy", "--bearer-token", os.environ.pop("SCIM_TOKEN")]
main()
