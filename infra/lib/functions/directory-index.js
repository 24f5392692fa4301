// SPDX-License-Identifier: Apache-2.0

// Runs in CloudFront (JavaScript runtime 2.0) before the cache is asked. A bucket knows no folders:
// /projets/ is the object projets/index.html, and /projets leads to /projets/, as on our own server.
// What has a dot in its last part is taken for a file; a file without one cannot be served.
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
    const target = '/' + uri.replace(/^[/\\]+/, '') + '/' + queryOf(request.querystring);
    return {
        statusCode: 302,
        statusDescription: 'Found',
        headers: {
            location: { value: target },
            'cache-control': { value: 'public, max-age=60' },
        },
    };
}

// CloudFront gives the values as they were sent, still encoded.
function queryOf(parameters) {
    const parts = [];
    for (const name in parameters) {
        const given = parameters[name];
        const values = given.multiValue || [given];
        for (const each of values) parts.push(each.value === '' ? name : name + '=' + each.value);
    }
    return parts.length > 0 ? '?' + parts.join('&') : '';
}
