"""The script that a page's head begins with, for two waits that Streamlit's page has."""

import json

from streamlit import config


def connect_script() -> str:
    """The script: it names the page's server, and runs a chart's library while nothing has come from there.

    Without the name a lesson's page asks `/<key>/_stcore/health`, which is not there, waits, and asks
    `/_stcore/health`: two round trips and a pause before its WebSocket is opened. It still asks, meanwhile.
    A library that is marked so (`preload.links`) takes half a second to run; Streamlit would only begin when the page's
    content is there.
    """
    host = {"allowedOrigins": config.get_option("client.allowedOrigins"), "useExternalAuthToken": False}
    server = 'new URL(".", document.baseURI).href'
    run = 'for (const link of document.querySelectorAll("link[data-run]")) import(link.href)'
    return f"""window.__streamlit = {{BACKEND_BASE_URL: {server}, HOST_CONFIG: {json.dumps(host)}}}
addEventListener("DOMContentLoaded", () => setTimeout(() => {{ {run} }}, 100))"""
