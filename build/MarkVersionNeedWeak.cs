using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies a 64-bit little-endian ELF file and sets VER_FLG_WEAK on one version need of its .gnu.version_r section,
/// so that the dynamic loader no longer refuses the file where that version is absent. See LoadableTorch.targets.
/// </summary>
public class MarkVersionNeedWeak : Task
{
    private const uint GnuVersionNeeds = 0x6ffffffe; // sh_type SHT_GNU_verneed
    private const ushort Weak = 2;                   // VER_FLG_WEAK

    [Required] public string Source { get; set; }
    [Required] public string Destination { get; set; }
    [Required] public string Version { get; set; }

    public override bool Execute()
    {
        byte[] elf = File.ReadAllBytes(Source);
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[4] != 2 || elf[5] != 1)
        {
            Log.LogError("{0} is not a 64-bit little-endian ELF file; the TorchSharp package has changed its layout.", Source);
            return false;
        }

        int marked = Mark(elf);
        if (marked == 0)
            Log.LogMessage(MessageImportance.Normal, "{0} no longer needs {1}; nothing to mend.", Source, Version);

        // A new file under a new name: the source may be hard-linked into other folders and must not change.
        Directory.CreateDirectory(Path.GetDirectoryName(Destination));
        string fresh = Destination + "." + Guid.NewGuid().ToString("N");
        File.WriteAllBytes(fresh, elf);
        if (File.Exists(Destination)) File.Delete(Destination);
        File.Move(fresh, Destination);
        return true;
    }

    private int Mark(byte[] elf)
    {
        long sections = BitConverter.ToInt64(elf, 0x28);
        int size = BitConverter.ToUInt16(elf, 0x3a), count = BitConverter.ToUInt16(elf, 0x3c), marked = 0;
        for (int i = 0; i < count; i++)
        {
            int header = (int)sections + i * size;
            if (BitConverter.ToUInt32(elf, header + 4) != GnuVersionNeeds) continue;
            int needs = (int)BitConverter.ToInt64(elf, header + 0x18);
            int entries = (int)BitConverter.ToUInt32(elf, header + 0x2c);           // sh_info: number of files needed
            int strings = (int)sections + (int)BitConverter.ToUInt32(elf, header + 0x28) * size;
            int names = (int)BitConverter.ToInt64(elf, strings + 0x18);
            for (int need = needs, n = 0; n < entries; n++, need += (int)BitConverter.ToUInt32(elf, need + 12))
            {
                int versions = BitConverter.ToUInt16(elf, need + 2);
                int version = need + (int)BitConverter.ToUInt32(elf, need + 8);
                for (int v = 0; v < versions; v++, version += (int)BitConverter.ToUInt32(elf, version + 12))
                {
                    if (NameAt(elf, names + (int)BitConverter.ToUInt32(elf, version + 8)) != Version) continue;
                    ushort flags = (ushort)(BitConverter.ToUInt16(elf, version + 4) | Weak);
                    elf[version + 4] = (byte)flags;
                    elf[version + 5] = (byte)(flags >> 8);
                    marked++;
                }
            }
        }

        return marked;
    }

    private static string NameAt(byte[] elf, int start)
    {
        int end = start;
        while (end < elf.Length && elf[end] != 0) end++;
        return Encoding.ASCII.GetString(elf, start, end - start);
    }
}
