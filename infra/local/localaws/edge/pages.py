# SPDX-License-Identifier: Apache-2.0
"""What CloudFront says itself."""
from localaws.http import Headers, Response


def page(status: int, title: str, text: str) -> Response:
    html = (
        "<!DOCTYPE html><html><head><title>ERROR: The request could not be satisfied</title></head><body>"
        f"<h1>{status} ERROR</h1><h2>{title}.</h2><p>{text}.</p></body></html>"
    )
    headers = [("Content-Type", "text/html"), ("Server", "CloudFront"), ("X-Cache", "Error from cloudfront")]
    return Response(status, Headers(headers), html.encode())
