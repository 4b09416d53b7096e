using WasteFree.Exchange.Values;

namespace WasteFree.Exchange.Comparison;

/// <summary>Status flags in words, after SDMX CL_OBS_STATUS.</summary>
internal static class StatusWords
{
    internal static string Zh(StatusSet status) => string.Join('、', status.Codes.Select(code => $"{code} {Words(code).Zh}"));

    internal static string En(StatusSet status) => string.Join(", ", status.Codes.Select(code => $"{code} {Words(code).En}"));

    private static (string Zh, string En) Words(string code) => code switch
    {
        "A" => ("正常值", "normal"),
        "B" => ("序列中断", "break in the series"),
        "D" => ("定义不同", "definition differs"),
        "E" => ("估计值", "estimated"),
        "F" => ("预测值", "forecast"),
        "G" => ("试验值", "experimental"),
        "H" => ("缺失：节假日", "missing: holiday or weekend"),
        "I" => ("插补值", "imputed"),
        "J" => ("豁免", "derogation"),
        "K" => ("计入其他类别", "included in another category"),
        "L" => ("缺失：有而未收集", "missing: exists, not collected"),
        "M" => ("缺失：不可能有", "missing: cannot exist"),
        "N" => ("不显著", "not significant"),
        "O" => ("缺失", "missing"),
        "P" => ("暂定值", "provisional"),
        "Q" => ("缺失：已隐去", "missing: suppressed"),
        "S" => ("罢工等特殊事件", "strike or other special event"),
        "U" => ("可靠性低", "low reliability"),
        "V" => ("未经核验", "unvalidated"),
        "W" => ("含其他类别的数据", "includes another category"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No status flag."),
    };
}
