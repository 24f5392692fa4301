import { bundle } from './bundle.mjs';
import { brotliCompressSync as b, constants as c } from 'node:zlib';
const z=(s)=>b(Buffer.from(s),{params:{[c.BROTLI_PARAM_QUALITY]:11,[c.BROTLI_PARAM_LGWIN]:22}}).length;
const names='loading loadFailed retry empty more verified older inReplyTo replyTo write publish publishing preview cancel retrying failed refused posted held fields problems messages tag language showError keyFor forgetKey hasJustPosted remember refreshTimes reveal highlight first show api list stop heading bones comments next isLoading orphan replies parent allow cancelled problemName isPassing retryAfterMs permalink hint optional edited done load save counts note article at';
const r0=await bundle({entryPoints:['src/define.ts'],write:false,minify:true});
console.log('plain',z(r0.outputFiles[0].text));
const r=await bundle({entryPoints:['src/define.ts'],write:false,minify:true,mangleProps:new RegExp('^('+names.split(' ').join('|')+')$')});
console.log('mangled (upper bound, unsafe)',z(r.outputFiles[0].text));
const r2=await bundle({entryPoints:['src/define.ts'],write:false,minify:true,target:'es2022',plugins:[{name:'x',setup(b){b.onLoad({filter:/\.css$/},()=>({contents:'',loader:'text'}))}}]});
console.log('no css',z(r2.outputFiles[0].text));
let t=r0.outputFiles[0].text.replace(/this\.#/g,'this._').replace(/#([a-z])\b/g,'_$1');
console.log('no hash',z(t));
t=r0.outputFiles[0].text.replace(/this\.#([a-z])/g,'Q$1');
console.log('closures',z(t));
for (const [n,re] of [['propertymsgs',/Y/]]) {}
const parts=r0.outputFiles[0].text.split(/(?=(?:var|function|async function) )/);
const all=z(r0.outputFiles[0].text);
const merged=[];let buf='';
for(const p of parts){buf+=p;if(buf.length>300){merged.push(buf);buf=''}}merged.push(buf);
for(const p of merged){console.log(all-z(r0.outputFiles[0].text.replace(p,()=>'')),p.length,p.slice(0,70).replace(/\n/g,' '))}
