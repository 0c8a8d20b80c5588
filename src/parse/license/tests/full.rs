//! Whole outputs of either era with every fact they give.

use super::{facts, of};

#[test]
fn a_classic_output_in_full() {
    let text = "\
Smart Licensing Status
======================

Smart Licensing is ENABLED

Registration:
  Status: REGISTERED
  Smart Account: Example, Inc.
Virtual Account: Lab
  Export-Controlled Functionality: NotAllowed
  Initial Registration: SUCCEEDED on Jan 05 2023 12:19:01 UTC
  Last Renewal Attempt: FAILED on Jul 04 2023 12:19:01 UTC
    Failure reason: Communication message send error
  Next Renewal Attempt: Jul 04 2023 12:34:35 UTC
  Registration Expires: Jan 05 2024 12:14:00 UTC

License Authorization:\u{20}
  Status: OUT OF COMPLIANCE on Jul 01 2023 02:00:00 UTC
  Last Communication Attempt: PENDING on Jul 04 2023 12:20:00 UTC
    Failure reason: Waiting for reply
  Next Communication Attempt: Jul 04 2023 12:39:07 UTC
  Communication Deadline: Sep 29 2023 02:00:00 UTC

Transport:
  Type: Callhome

License Usage
==============

Example Base (2 ports) (EX-BASE):
  Description: Example Base
  Count: 2
  Status: OUT OF COMPLIANCE

Product Information
===================
UDI: PID:EX-1000,SN:FOC0000D001

HA UDI List:
    Active:PID:EX-1000,SN:FOC0000D001
    Standby:PID:EX-1000,SN:FOC0000D002

Agent Version
=============
Smart Agent for Licensing: 4.9.3_rel/34

Reservation Info
================
License reservation: DISABLED
";
    let wanted = "\
device.member_count = 2
device.members = [pid=EX-1000 role=Active serial=FOC0000D001] [pid=EX-1000 role=Standby serial=FOC0000D002]
device.pid = EX-1000
device.serial = FOC0000D001
license.agent_version = 4.9.3_rel/34
license.authorization.deadline = 2023-09-29T02:00:00Z
license.authorization.failure_reason = Waiting for reply
license.authorization.last_attempt = 2023-07-04T12:20:00Z
license.authorization.last_result = PENDING
license.authorization.next_attempt = 2023-07-04T12:39:07Z
license.authorization.since = 2023-07-01T02:00:00Z
license.authorization.status = OUT OF COMPLIANCE
license.enabled = true
license.era = classic
license.export_controlled = NotAllowed
license.registration.expires = 2024-01-05T12:14:00Z
license.registration.failure_reason = Communication message send error
license.registration.initial_attempt = 2023-01-05T12:19:01Z
license.registration.initial_result = SUCCEEDED
license.registration.last_attempt = 2023-07-04T12:19:01Z
license.registration.last_result = FAILED
license.registration.next_renewal = 2023-07-04T12:34:35Z
license.registration.renewal_result = FAILED
license.registration.smart_account = Example, Inc.
license.registration.status = REGISTERED
license.registration.virtual_account = Lab
license.reservation.enabled = DISABLED
license.transport.type = Callhome
license.usage = [count=2 description=Example Base entitlement_tag=EX-BASE name=Example Base (2 ports) status=OUT OF COMPLIANCE]
";
    assert_eq!(facts(&of(text)), wanted);
    let flat: String = text.lines().flat_map(|line| [line.trim(), "\n"]).collect();
    assert_eq!(facts(&of(&flat)), wanted, "without indentation");
}

#[test]
fn a_policy_output_in_full() {
    let text = "\
Smart Licensing using Policy:
    Status: ENABLED
Account Information:
  Smart Account: Example As of Mar 01 10:00:00 2024 UTC
  Virtual Account: <none>
Transport:
  Type: cslu
  Cslu address: http://192.0.2.7:8182/cslu/v1/pi
  Proxy:
    Address: proxy.lab
    Port: 3128
    Username: <empty>
    Password: <empty>
  Server Identity Check: False
  VRF:
    Not Configured
Usage reporting:
  Last ACK received: <none>
  Next ACK deadline: May 01 10:00:00 2024 UTC
  Reporting Push Interval: 30  days State(2) InPolicy(90)
Trust Code Installed:    Trust Code Type: CSSM
    Attributes: <none>

  Active: PID:EX-9,SN:FOC0000E001
    INSTALLED on Apr 22 05:01:33 2025 UTC    Valid on Apr 22 04:56:31 2025 UTC
    Expired on Jan 01 00:00:00 1970 UTC
    Trust Code Type: CSSM
  Standby: PID:EX-9,SN:FOC0000E002
    NOT INSTALLED
License Authorizations
======================
Overall status:
  Active: PID:EX-9,SN:FOC0000E001
      Status: SMART AUTHORIZATION INSTALLED on Apr 22 05:01:33 2025 UTC
Upcoming Scheduled Jobs
=======================
Current time: Apr 23 05:00:00 2025 UTC
Init Flag Check: Expired Not Rescheduled
Communication Statistics:
=========================
Communication Level Allowed: INDIRECT
Trust Sync:
  Attempts: Total=3, Success=2, Fail=1  Ongoing Failure: Overall=0 Communication=0
  Last Response: OK on Apr 22 05:00:00 2025 UTC
    Failure Reason: <none>
  Last Success Time: Apr 22 05:00:00 2025 UTC
  Last Failure Time: Apr 21 05:00:00 2025 UTC
Something New:
  Attempts: Total=9, Success=0, Fail=9  Ongoing Failure: Overall=9 Communication=9
License Certificates
====================
Production Cert: False
Not registered. No certificates installed
Other Info
==========
Transport: cslu
Agent State: authorized
connect_info.name: CSLU_V1
P:EX-9,S:FOC0000E001: P:EX-9,S:FOC0000E001, state[2], Trust Data INSTALLED  TrustId:7
P:EX-9,S:FOC0000E002: No Trust Data
Overall Trust: INSTALLED (2)
";
    let wanted = "\
clock.time = 2025-04-23T05:00:00Z
device.pid = EX-9
device.serial = FOC0000E001
license.authorizations = [pid=EX-9 role=Active serial=FOC0000E001 status=SMART AUTHORIZATION INSTALLED]
license.certificates.production = False
license.certificates.state = Not registered. No certificates installed
license.communication.level = INDIRECT
license.communication.trust_sync.fail = 1
license.communication.trust_sync.last_failure = 2025-04-21T05:00:00Z
license.communication.trust_sync.last_response = OK
license.communication.trust_sync.last_success = 2025-04-22T05:00:00Z
license.communication.trust_sync.ongoing_communication = 0
license.communication.trust_sync.ongoing_overall = 0
license.communication.trust_sync.success = 2
license.communication.trust_sync.total = 3
license.connect_info.name = CSLU_V1
license.destination.host = 192.0.2.7
license.destination.host_is_address = true
license.destination.kind = cslu
license.destination.url = http://192.0.2.7:8182/cslu/v1/pi
license.era = policy
license.policy_mode = true
license.registration.smart_account = Example
license.reporting.last_ack_text = <none>
license.reporting.next_ack_deadline = 2024-05-01T10:00:00Z
license.reporting.push_interval_days = 30
license.transport.identity_check = false
license.transport.proxy = proxy.lab:3128
license.transport.type = cslu
license.transport.url = http://192.0.2.7:8182/cslu/v1/pi
license.trust.data = [pid=EX-9 serial=FOC0000E001 state=state[2], Trust Data INSTALLED  TrustId:7] [pid=EX-9 serial=FOC0000E002 state=No Trust Data]
license.trust.installed = Apr 22 05:01:33 2025 UTC
license.trust.last_installed = 2025-04-22T05:01:33Z
license.trust.members = [installed=2025-04-22T05:01:33Z pid=EX-9 role=Active serial=FOC0000E001 state=INSTALLED] [pid=EX-9 role=Standby serial=FOC0000E002 state=NOT INSTALLED]
license.trust.overall = INSTALLED (2)
";
    assert_eq!(facts(&of(text)), wanted);
}
