// A page asks only its own instance for anything, and neither it nor the browser complains.

/** Notes from now on what goes wrong; the findings grow while the page is used. */
export function watch(page, {url, status}, base) {
  const findings = [];
  page.on('request', request => {
    if (!request.url().startsWith(base) && !/^(data|blob|about):/.test(request.url())) {
      findings.push({rule: 'third-party', selector: '-', help: `it asks for ${request.url()}`});
    }
  });
  page.on('console', message => {
    // The browser calls the answer itself an error, and for an error page it should be one.
    const itself = message.location().url === url && status >= 400;
    if (message.type() !== 'error' || itself) {
      return;
    }
    const rule = /content security policy/i.test(message.text()) ? 'csp' : 'console-error';
    findings.push({rule, selector: message.location().url || '-', help: message.text()});
  });
  page.on('pageerror', error => {
    findings.push({rule: 'console-error', selector: '-', help: error.message});
  });
  return findings;
}
