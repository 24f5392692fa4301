// SPDX-License-Identifier: Apache-2.0

// Runs in CloudFront (JavaScript runtime 2.0) before the cache is asked. A bucket knows no folders:
// /projets/ is the object projets/index.html, and /projets leads to /projets/, as on our own server.
function handler(event) {
    const request = event.request;
    const uri = request.uri;
    if (uri.endsWith('/')) {
        request.uri = uri + 'index.html';
        return request;
    }
    const name = uri.slice(uri.lastIndexOf('/') + 1);
    if (name.includes('.')) return request;
    // `//host` at the beginning would lead to another site.
    const target = '/' + uri.replace(/^[/\\]+/, '') + '/';
    return {
        statusCode: 302,
        statusDescription: 'Found',
        headers: {
            location: { value: target },
            'cache-control': { value: 'public, max-age=60' },
        },
    };
}
