import { copernicaFailures } from 'copernica-failures';
import express from 'express';

const app = express();
// Express then sends no stack of an error.
app.set('env', 'production');

app.use('/copernica/failures', copernicaFailures({ onFailure: (report) => console.log(report) }));

app.listen(3000, 'localhost', (error) => {
  if (error) {
    console.error(`End the server that holds the port, then start again (${error.message}).`);
    process.exit(1);
  }
  console.log('Waiting for reports at http://localhost:3000/copernica/failures');
});
