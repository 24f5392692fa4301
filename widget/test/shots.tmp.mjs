import { launch, pageOf, comments } from './support/browser.mjs';
import { FakeApi, commentOf, replyTo } from './support/fake-api.mjs';
const b = await launch();
const api = new FakeApi();
api.pageCss='body{margin:0;font:16px/1.6 system-ui;color-scheme:light dark} main{max-width:46rem;margin:0 auto;padding:1rem}';
api.pageHtml = pageOf('<h1>Mes projets</h1><p>Un site statique, et sa palabre : <palabre-count section="projets"></palabre-count>.</p>'+comments());
const long='Le_plus_long_mot_du_monde_'.repeat(6);
api.comments=[commentOf(1,{website:'https://zoe.example',verified:true,html:'<p>Très beau travail sur la partie <strong>DynamoDB</strong>. J’ai une question : pourquoi un index <em>clairsemé</em> ?</p><pre><code>SELECT * FROM commentaires WHERE section = \'projets\' ORDER BY timestamp DESC, id DESC LIMIT 20;</code></pre>'}),
replyTo(1,2,{html:'<p>Parce qu’un commentaire retenu n’y entre pas : la lecture publique ne peut pas le montrer.</p><ul><li>un point</li><li>deux points</li></ul>'}),
replyTo(2,3,{html:'<blockquote><p>la lecture publique ne peut pas le montrer</p></blockquote><p>Élégant, merci !</p>'}),
replyTo(3,4),replyTo(4,5,{editedAt:new Date().toISOString()}),replyTo(5,6),replyTo(6,7),
commentOf(500,{html:`<p>${long}</p><table><tr><th>a</th><td>b</td></tr></table>`}),commentOf(990,{timestamp:new Date(Date.now()-3*3600e3).toISOString()})];
await api.start();
for (const [name,o] of [['desktop-light',{viewport:{width:1280,height:1400},colorScheme:'light'}],['desktop-dark',{viewport:{width:1280,height:1400},colorScheme:'dark'}],['phone-light',{viewport:{width:390,height:844},colorScheme:'light',isMobile:true}],['phone-dark',{viewport:{width:390,height:844},colorScheme:'dark',isMobile:true}],['tiny',{viewport:{width:320,height:700},isMobile:true}]]) {
  const c=await b.newContext({locale:'fr-FR',...o}); const p=await c.newPage();
  p.on('console',m=>console.log(name,m.text())); p.on('pageerror',e=>console.log(name,e));
  await p.goto(api.origin);
  await p.locator('article').first().waitFor();
  if(name!=='desktop-light'){ await p.getByRole('button',{name:'Répondre à',exact:false}).first().click(); await p.locator('li textarea').fill('Bonjour **vous**'); await p.locator('li form').getByRole('button',{name:'Aperçu'}).click(); await p.locator('li form .preview').waitFor(); 
   await p.locator('section > form').getByRole('button',{name:'Publier'}).click(); }
  await p.screenshot({path:`/tmp/widget-${name}.png`,fullPage:true});
  console.log(name, await p.evaluate(()=>[document.documentElement.scrollWidth, innerWidth]));
  await c.close();
}
await b.close(); await api.stop();
