import type { Rule } from '../rule.js';

/**
 * Short codes whose meaning stands in the pages of the providers that send them. Of Orange, La Poste
 * and Charter, the last digits tell.
 */
export const PROVIDER_CODES: readonly Rule[] = [
  {
    category: 'frequency',
    // biome-ignore format: one wording a line
    wordings: [
      ['(hl|mi|rp|dt) (icc|ifc|ifq|itc|dmc|ccl|sfq|stc|rcl|drc|qrc|trc)', '421 HL:ICC', 'NetEase'],
      ['aup (in|i|out|o) (13*|14*|1540|1550|1580)', '421 4.7.0 AUP#In-1370', 'Charter'],
      ['aup (cxcnct|cxmxrt)', '421 AUP#CXMXRT', 'Cox'],
      ['(ofr*|lpn*|lib) (104|109)', '421 Service refused. OFR004_104 [104]', 'Orange'],
      ['(ib007|ib504|ib510|ib605|ib607)', '421 Too many sessions. IB007', 'GoDaddy'],
      ['(xgemail (0013|0014|0015))', '451 4.7.1 XGEMAIL_0014', 'Sophos'],
      ['elnk* (110|136|139)', '421 ELNK001_110', 'Earthlink'],
    ],
  },
  {
    category: 'reputation',
    // biome-ignore format: one wording a line
    wordings: [
      ['(hl|mi|rp|dt|wm) (rep|mep|ihu|ipb|spb|bli|blu|spf|dma|rbl|sum|nhd|imf|frl)', '450 WM:BLU', 'NetEase'],
      ['aup (in|i|out|o) (10*|11*|12*|1500|1520|1560)', '554 AUP#In-1220', 'Charter'],
      ['aup (cxbl|cdrbl|cxdns|cxsndr|cxsmtp|cxthrt|cxmj*|ipbl*)', '554 AUP#CXBL', 'Cox'],
      ['(bl0000*|es0000*|dm000001)', '554 See smtp-error-codes#BL000010', 'Comcast'],
      ['(tss*|ts0*)', '421 4.7.0 [TSS04] Messages deferred', 'Yahoo'],
      ['(ofr*|lpn*|lib) (102|103|107)', '550 Service refused. OFR_102', 'Orange'],
      ['ofr* (305|397|398|403|405|415|515|517|535|988|989|990)', '501 5.1.0 OFR_405', 'Orange'],
      ['(ib103|ib104|ib105|ib106|ib108|ib110|ib111|ib112|ib113|ib401|ib501|ib502|ib506|ib508)', '554 Refused. IB105', 'GoDaddy'],
      ['elnk* (101|102|105|108|111|130|134|200|201)', '550 ELNK001_111', 'Earthlink'],
      ['xgemail (0001|0002|0003|0004|0005|0006|0008|0009|0010)', '550 5.7.1 XGEMAIL_0004', 'Sophos'],
      ['(das50|das51|ccrt)', '554 5.7.1 DAS50 192.0.2.7', 'Daum'],
    ],
  },
  {
    category: 'content',
    // biome-ignore format: one wording a line
    wordings: [
      ['dt spm', '554 DT:SPM 163 mx12', 'NetEase'],
      ['ph0*', '554 Not accepted [PH01]', 'Yahoo'],
      ['aup (urlbl*|(in|i|out|o) 1530)', '554 AUP#URLBL1001', 'Cox'],
      ['hvu (b1|b2)', '554 (HVU:B1)', 'AOL'],
      ['(ofr*|lpn*) 514', '552 OFR_514', 'Orange'],
      ['(ib212|ib705)', '552 Refused. IB212', 'GoDaddy'],
      ['xgemail 0012', '552 XGEMAIL_0012', 'Sophos'],
    ],
  },
  {
    category: 'mailbox-unavailable',
    // biome-ignore format: one wording a line
    wordings: [
      ['(ofr*|lpn*) (417|420|426)', '552 5.1.1 OFR_417 [417]', 'Orange'],
      ['policy rejection on the target address', '550 5.7.1 Policy rejection on the target address', 'Yandex'],
      ['too much mail data', '552 Too much mail data jane@example.com', 'docomo'],
      ['account inbounds disabled', '451 Account inbounds disabled', 'Mimecast'],
    ],
  },
  {
    category: 'technical',
    // biome-ignore format: one wording a line
    wordings: [
      ['(mi|rp) cel', '451 RP:CEL', 'NetEase'],
      ['(ofr* 505|ib101)', '421 OFR005_505 [505]', 'Orange'],
      ['elnk* 103', '421 ELNK001_103', 'Earthlink'],
      ['(etp103|etp104|etp106|xgemail 0007)', '451 4.3.0 ETP103', 'Trellix'],
    ],
  },
  {
    category: 'invalid-address',
    // biome-ignore format: one wording a line
    wordings: [
      ['(ofr*|lpn*) (416|418)', '550 5.1.1 OFR_416 [416]', 'Orange'],
      ['(etp100|etp101|etp102|xgemail 0011)', '550 5.1.1 ETP101', 'Trellix'],
      ['not got the [mail] service mapped', "5.1.1 szn; User hasn't got the service mapped", 'Seznam'],
      ['rusr', '550 5.1.1 RUSR', 'Daum'],
    ],
  },
];
