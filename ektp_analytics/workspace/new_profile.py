"""The profile a new office starts from: every entry with its meaning, most still to fill in."""

from __future__ import annotations

from collections.abc import Mapping

_TEXT = """\
# Profil kantor. Baris yang diawali tanda # adalah keterangan dan tidak dibaca;
# hapus tanda # di depan sebuah butir untuk memakainya. Kode selalu ditulis dalam tanda kutip.

id: {id}                      # sama dengan nama folder ini
name: {name}
short_name: {short_name}      # dipakai di kepala halaman
region: {region}              # kabupaten atau kota
code: "{code}"                # kode wilayah Kemendagri
zone: WIB                     # WIB, WITA, atau WIT

# Semua kecamatan dengan kodenya; berkas disambung menurut kode, bukan nama.
kecamatan: []
#  - {{code: "{code}.01", name: Nama Kecamatan}}

# Nilai kolom “Jenis layanan” yang termasuk layanan KTP-el.
services:
  ektp: []                    # misalnya [Rekam KTP-el baru, Ganti KTP-el, Ubah data KTP-el]

# Seberapa sering tiap sumber disampaikan: month, quarter, semester, atau year.
periodicity:
  survey: quarter
  service_log: quarter
  registrations: semester

survey:
  method: voluntary           # voluntary (sukarela), random (acak), atau systematic (sistematis)
#  users_served: {{2025-Q1: 10234}}   # orang yang dilayani selama masa survei, untuk ukuran sampel
#  questions: {{waktu: "Seberapa cepat KTP-el Saudara selesai?"}}   # bunyi pertanyaan sendiri
#  replaced_questions: {{biaya: "…"}}  # pertanyaan pengganti; dinyatakan di laporan

# Janji layanan kantor sendiri dan sejak kapan berlaku: 24h (jam), 3d (hari), 3wd (hari kerja).
promise: []
#  - {{from: "2025-01-01", limit: 3d, basis: "Maklumat pelayanan; SK Kepala Dinas Nomor …"}}

# Kop surat dan penanda tangan laporan.
letterhead:
  lines: [{government}, DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL]
  address: ""
#  logo: logo.png             # lambang daerah (PNG, JPEG, atau SVG) di folder kantor ini
signatories: []
#  - role: head
#    name: "…"
#    rank: "…"                # pangkat dan golongan
#    nip: "…"
#    position: "Kepala Dinas Kependudukan dan Pencatatan Sipil"
#    acting: null             # Plt atau Plh bila bukan pejabat tetap
letter: {{number: null, date: null}}

# Kode IKU atau Renja untuk lampiran Capaian kinerja. indicator: nama indikator seperti tercetak
# di laporan, atau ikm untuk indeks seluruh layanan; target: satu angka, atau angka per tahun.
performance: []
#  - code: "IKU-1"
#    name: "Persentase penduduk wajib KTP yang sudah direkam"
#    indicator: Cakupan perekaman
#    target: {{2025: 99.4}}
#    document: "Renja 2025"

# Setelan; yang tertulis adalah nilai bawaannya.
#settings: {{completeness_minimum: 5, small_cell: 5}}
"""
_MAPPING_NOTE = "\n# Judul kolom kantor ini untuk tiap kunci, menurut berkas yang diberikan.\n"


def new_profile_text(office_id: str, name: str, code: str) -> str:
    """Return the ``office.yaml`` of a new office.

    Parameters
    ----------
    office_id, name, code
        As `read_office` will read them back.
    """
    region = region_of(name)
    return _TEXT.format(
        id=office_id,
        name=_quoted(name),
        short_name=_quoted(_shortened(name)),
        region=_quoted(region),
        code=code,
        government=_quoted(f"PEMERINTAH {region.upper()}"),
    )


def mapping_text(source: str, headers: Mapping[str, str]) -> str:
    """Return the entry ``mapping`` of a profile for one source."""
    lines = [f"    {key}: {_quoted(header)}" for key, header in headers.items()]
    return _MAPPING_NOTE + "\n".join(["mapping:", f"  {source}:", *lines]) + "\n"


def region_of(name: str) -> str:
    """Return the regency or city an office's name speaks of, else the whole name.

    Examples
    --------
    >>> region_of("Dinas Kependudukan dan Pencatatan Sipil Kabupaten Banyuasin")
    'Kabupaten Banyuasin'
    """
    for word in ("Kabupaten ", "Kota "):
        if word in name:
            return word + name.split(word, 1)[1].strip()
    return name


def _shortened(name: str) -> str:
    return name.replace("Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil")


def _quoted(text: str) -> str:
    """Return a text as a YAML scalar on one line, quoted."""
    inner = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
